import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from printkit.diagnostics import UsageError
from printkit.epaper.serve import server
from tests.support.sites import made_of, put


@contextmanager
def running(folder: Path, address: str = "") -> Iterator[http.client.HTTPConnection]:
    with server(folder, 0, address) as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        connection = http.client.HTTPConnection("127.0.0.1", found.server_address[1])
        try:
            yield connection
        finally:
            connection.close()
            found.shutdown()
            thread.join()


def ask(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_files_are_shown_with_their_types(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    with running(tmp_path) as connection:
        for path, kind in {
            "/": "text/html; charset=utf-8",
            "/archive/2024.html": "text/html; charset=utf-8",
            "/search/months.js": "text/javascript; charset=utf-8",
            "/manifest.json": "application/json",
            "/feed.xml": "application/xml; charset=utf-8",
            "/2024/01/10/picture/01-960.webp": "image/webp",
            "/2024/01/10/2024-01-10.pdf": "application/pdf",
            "/2024/01/10/story/%E4%BA%8C%20%E7%89%88.html": "text/html; charset=utf-8",
        }.items():
            status, headers, body = ask(connection, path)
            assert (status, headers["content-type"], len(body) > 0) == (200, kind, True)
            assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/2024/01/11/", "/search/2024-01/", "/.adding/ready.json", "/%2eadding/ready.json", "/../../etc/passwd", "/x%00"],
)
def test_what_is_not_there_is_the_sites_own_page(tmp_path: Path, path: str) -> None:
    put(tmp_path, made_of())
    (tmp_path / ".adding").mkdir()
    (tmp_path / ".adding/ready.json").write_text("{}", encoding="utf-8")
    with running(tmp_path) as connection:
        status, headers, body = ask(connection, path)
        assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert body == (tmp_path / "404.html").read_bytes()
        assert ask(connection, path, "HEAD")[::2] == (404, b"")


def test_a_site_below_a_path_is_shown_there(tmp_path: Path) -> None:
    put(tmp_path, made_of(), address="https://union.example.org/paper/")
    assert 'href="/paper/archive/index.html"' in (tmp_path / "404.html").read_text(encoding="utf-8")
    with running(tmp_path, "https://union.example.org/paper/") as connection:
        assert ask(connection, "/")[1]["location"] == "/paper/"
        assert ask(connection, "/paper/archive/index.html")[0] == 200
        assert ask(connection, "/archive/index.html")[0] == 404


@pytest.mark.parametrize("written", ["/%E6%8A%A5/2024", "/%e6%8a%a5/%32024"])
def test_a_path_of_han_is_one_however_it_is_written(tmp_path: Path, written: str) -> None:
    address = "https://union.example.org/%E6%8A%A5/2024/"
    put(tmp_path, made_of(), address=address)
    with running(tmp_path, address) as connection:
        assert ask(connection, f"{written}/archive/index.html")[0] == 200
        assert ask(connection, f"{written}/")[0] == 200
        for bare in ("/", written):
            for method in ("GET", "HEAD"):
                status, headers, _ = ask(connection, bare, method)
                assert (status, headers["location"]) == (302, "/%E6%8A%A5/2024/")
        assert ask(connection, "/archive/index.html")[0] == 404
        assert ask(connection, "/%E6%8A%A5/2024x/")[0] == 404
    with running(tmp_path) as connection:
        assert ask(connection, "/")[0] == 200


def test_a_site_below_a_path_is_reached_without_the_last_slash(tmp_path: Path) -> None:
    put(tmp_path, made_of(), address="https://union.example.org/paper/")
    with running(tmp_path, "https://union.example.org/paper/") as connection:
        status, headers, _ = ask(connection, "/paper?from=mail")
        assert (status, headers["location"]) == (302, "/paper/")


def test_it_listens_to_this_machine_alone(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    with server(tmp_path, 0) as found:
        assert found.server_address[0] == "127.0.0.1"


def test_a_folder_that_is_no_site_and_a_taken_port_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no site"):
        server(tmp_path, 0)
    put(tmp_path, made_of())
    with server(tmp_path, 0) as found, pytest.raises(UsageError, match="is taken"):
        server(tmp_path, int(found.server_address[1]))
    for port in (-1, 65536, 70000):
        with pytest.raises(UsageError, match="is none"):
            server(tmp_path, port)
