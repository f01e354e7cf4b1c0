"""Pieces that figures of several pages share."""
