"""Files of people leave to be saved, and are never shown by the browser as a page of ours."""

INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
}
