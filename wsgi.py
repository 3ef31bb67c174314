"""What a WSGI server loads."""

from enabler.app import create_app

app = create_app()
