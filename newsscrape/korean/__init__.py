"""Language knowledge without pages: characters, dates, bylines, captions, titles and kinds of Korean news."""
