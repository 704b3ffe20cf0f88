"""The log-in page of the development issuer: plain HTML, with the demo users to choose from."""

from __future__ import annotations

from html import escape

from .users import DEMO_USERS

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;background:#eef2f6;color:#16202b;margin:0;display:grid;place-items:center;
min-height:100vh}
main{background:#fff;padding:2rem;border-radius:12px;box-shadow:0 1px 3px #0002;width:min(24rem,calc(100vw - 2rem));
box-sizing:border-box}
h1{font-size:1.25rem;margin:0 0 .25rem}p{margin:.25rem 0 1rem;color:#4a5868}
label{display:block;font-weight:600;margin-top:.75rem}
input,button{font:inherit;width:100%;box-sizing:border-box;padding:.55rem .7rem;border-radius:8px;
border:1px solid #6b7b8c}
button{margin-top:1.25rem;background:#0b5cad;color:#fff;border:0;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid #f0a500;outline-offset:2px}
.wrong{color:#9b1c1c;font-weight:600}
"""
TEXTS = {
    "id": ("Masuk", "Server masuk untuk uji coba. Kata sandi PENGGUNA adalah demo-PENGGUNA.", "Pengguna", "Kata sandi",
           "Pengguna atau kata sandi salah."),
    "en": ("Sign in", "A log-in server for trials. The password of USER is demo-USER.", "User", "Password",
           "No such user, or another password."),
}  # fmt: skip


def log_in_page(asked: dict[str, str], *, english: bool, wrong: bool = False) -> str:
    """HTML; `asked` is what the client asked for, carried on in the form."""
    language = "en" if english else "id"
    title, note, user, password, refused = TEXTS[language]
    hidden = "".join(_hidden(name, value) for name, value in {**asked, "ui_locales": language}.items())
    known = "".join(f'<option value="{escape(one.name)}">{escape(one.role)}</option>' for one in DEMO_USERS)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style><main><h1>{title}</h1><p>{note}</p>"
        + (f'<p class="wrong" role="alert">{refused}</p>' if wrong else "")
        + f'<form method="post" action="/authorize">{hidden}'
        f'<label for="username">{user}</label>'
        f'<input id="username" name="username" list="users" autocomplete="username" autofocus required>'
        f'<datalist id="users">{known}</datalist>'
        f'<label for="password">{password}</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" required>'
        f"<button>{title}</button></form></main></html>"
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
