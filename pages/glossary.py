"""Glossary: what each number counts, in one sentence."""

from retention.ui import open_page
from retention.ui.glossary import show_glossary

page = open_page("glossary")
show_glossary(page.texts)
