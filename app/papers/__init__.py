"""Papers as PDFs: asked of the API as the person who wants them, laid out, rendered apart."""
