"""Which messages of a browser reach Streamlit: those that our pages send, and no more before the login."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from retention.guards.signed_in import may_read, may_upload

# Not among them: one that empties everybody's cache, one that reads the folder's history, and those for developers.
ALWAYS = ("rerun_script", "stop_script", "app_heartbeat")
# Of what the server does for a page between two runs; Streamlit would also write files for agents.
FETCHES = ("deferred_file", "dataframe_chunk")


class OwnMessagesOnly:
    """Drop every message that no page of ours sends, or that this reader may not send now."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.application(scope, receive, send)
            return

        async def receive_ours() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_ours(message.get("bytes") or b"", scope):
                    return message

        await self.application(scope, receive_ours, send)


def is_ours(sent: bytes, scope: Scope) -> bool:
    """May this reader send this now? What cannot be read goes on: Streamlit ends the connection over it."""
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in FETCHES and may_read(scope)
    if kind == "file_urls_request":
        return may_upload(scope)
    return kind in ALWAYS
