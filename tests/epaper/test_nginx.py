"""docs/nginx.conf in Debian's nginx: `make nginx` installs it and runs these; without it they fail."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.issues import dense_issue
from printkit.epaper import names
from tests.support.sites import DAY, made_of, put

pytestmark = pytest.mark.nginx

CONFIGURATION = Path(__file__).parents[2] / "docs/nginx.conf"

Answer = tuple[int, dict[str, str], bytes]

_FRAME = """
daemon off; worker_processes 1; {user} pid {home}/pid; error_log stderr warn;
events {{}}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
    include {home}/site.conf;
}}
"""


def _once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    put(out, made_of())
    put(out, dense_issue(DAY.replace(day=17), 1235))
    return out


@pytest.fixture(scope="module")
def port(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nginx as whoever runs the tests, with the documented file but for its port and its root."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    assert program, "nginx is not installed: `make nginx` does it"
    home = tmp_path_factory.mktemp("nginx")
    # The system chooses the port, and nginx is given the open socket: nobody else can take it, nobody has to wait.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        free = int(listening.getsockname()[1])
        text = CONFIGURATION.read_text(encoding="utf-8")
        text = _once(text, "listen 80;", f"listen 127.0.0.1:{free};")
        text = _once(text, "listen [::]:80;", "")
        text = _once(text, "root /srv/epaper;", f"root {site};")
        (home / "site.conf").write_text(text, encoding="utf-8")
        (home / "nginx.conf").write_text(
            _FRAME.format(home=home, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8"
        )
        command = [program, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "warn" not in checked.stderr
        handle = listening.fileno()
        given = os.environ | {"NGINX": f"{handle};"}
        with (
            (home / "log").open("wb") as log,
            subprocess.Popen(command, stderr=log, env=given, pass_fds=[handle]) as running,
        ):
            listening.close()  # what nginx does not answer is refused from now on
            try:
                yield free
            finally:
                running.terminate()
                running.wait()


def ask(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/2024/01/10/", "text/html; charset=utf-8", "no-cache"),
        ("/2024/01/10/story/%E4%BA%8C%20%E7%89%88.html", "text/html; charset=utf-8", "no-cache"),
        ("/search/months.js", "application/javascript; charset=utf-8", "no-cache"),
        ("/manifest.json", "application/json; charset=utf-8", "no-cache"),
        ("/feed.xml", "application/atom+xml; charset=utf-8", "no-cache"),
        ("/feed.json", "application/feed+json; charset=utf-8", "no-cache"),
        ("/sitemap.xml", "text/xml; charset=utf-8", "no-cache"),
        ("/2024/01/10/picture/01-960.webp", "image/webp", "public, max-age=300, must-revalidate"),
        ("/2024/01/10/2024-01-10-01.pdf", "application/pdf", "public, max-age=300, must-revalidate"),
        ("/pack/2024-01-10.zip", "application/zip", "public, max-age=300, must-revalidate"),
    ],
)
def test_files_have_their_type_and_how_long_they_are_kept(port: int, path: str, kind: str, cache: str) -> None:
    status, headers, body = ask(port, path)
    assert (status, headers["content-type"], headers["cache-control"]) == (200, kind, cache)
    assert headers["x-content-type-options"] == "nosniff"
    assert ("content-security-policy" in headers) == (
        not kind.startswith(("image", "application/pdf", "application/zip"))
    )
    assert body
    assert headers["server"] == "nginx"


def test_files_with_their_hash_in_the_name_are_kept_for_ever(port: int, site: Path) -> None:
    for file in (site / "assets").iterdir():
        assert ask(port, f"/assets/{file.name}")[1]["cache-control"] == "public, max-age=31536000, immutable"


def test_the_policy_is_that_of_the_pages_and_forbids_frames(port: int) -> None:
    policy = ask(port, "/search/")[1]["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_text_is_compressed_and_pictures_are_not(port: int, site: Path) -> None:
    for path in ("/2024/01/17/story/p1s1.html", "/search/2024-01/02.js", "/feed.xml", "/2024/01/17/issue.json"):
        status, headers, body = ask(port, path, Accept_Encoding="gzip")
        assert (status, headers.get("content-encoding"), headers["vary"]) == (200, "gzip", "Accept-Encoding")
        assert gzip.decompress(body) == (site / path[1:]).read_bytes()
    headers = ask(port, "/2024/01/17/picture/01-960.webp", Accept_Encoding="gzip")[1]
    assert "content-encoding" not in headers


def test_a_file_compressed_before_is_sent_as_it_is(port: int, site: Path) -> None:
    packed = gzip.compress((site / "archive/2024.html").read_bytes(), 9, mtime=0)
    (site / "archive/2024.html.gz").write_bytes(packed)
    try:
        assert ask(port, "/archive/2024.html", Accept_Encoding="gzip")[2] == packed
    finally:
        (site / "archive/2024.html.gz").unlink()


@pytest.mark.parametrize(
    "path", ["/", "/2024/01/17/story/p1s1.html", "/2024/01/17/2024-01-17.pdf", "/search/2024-01/02.js"]
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_is_unchanged_is_not_sent_again(port: int, path: str, encoding: str) -> None:
    tag = ask(port, path, Accept_Encoding=encoding)[1]["etag"]
    status, _, body = ask(port, path, Accept_Encoding=encoding, If_None_Match=tag)
    assert (status, body) == (304, b"")


def test_what_keeps_the_last_issues_may_fetch_them(port: int, site: Path) -> None:
    (site / "offline.js").write_bytes(b"0;")
    _, headers, _ = ask(port, "/offline.js")
    assert headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/2024/01/11/01.html", "/2024/01/11/", "/search/2024-01/", "/none"])
def test_what_is_not_there_is_the_sites_own_page(port: int, site: Path, path: str) -> None:
    status, headers, body = ask(port, path)
    assert (status, body) == (404, (site / "404.html").read_bytes())
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert "content-security-policy" in headers


def test_what_is_being_written_is_not_shown(port: int, site: Path) -> None:
    (site / ".adding").mkdir()
    (site / ".adding/ready.json").write_text("{}", encoding="utf-8")
    try:
        assert ask(port, "/.adding/ready.json")[0] == 404
    finally:
        (site / ".adding/ready.json").unlink()
        (site / ".adding").rmdir()


def test_certificates_can_be_asked_for_and_strict_transport_is_tls_alone(port: int, site: Path) -> None:
    (site / ".well-known").mkdir()
    (site / ".well-known/security.txt").write_text("Contact: none\n", encoding="utf-8")
    status, headers, body = ask(port, "/.well-known/security.txt")
    assert (status, body) == (200, b"Contact: none\n")
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers  # asked without TLS
    assert ask(port, f"/{names.FAVICON}")[0] == 200


def test_a_folder_without_its_slash_leads_to_its_page(port: int) -> None:
    status, headers, _ = ask(port, "/2024/01/10")
    assert (status, headers["location"]) == (301, "/2024/01/10/")


def test_a_part_of_a_pdf_can_be_asked_for(port: int) -> None:
    assert ask(port, "/2024/01/17/2024-01-17.pdf", Range="bytes=0-3")[::2] == (206, b"%PDF")
