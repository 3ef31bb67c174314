"""Money beside a match on its pages: written down, looked at, a receipt, paid."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def helper(app: Flask, scene: Scene, person: Someone) -> Person:
    return sign_in(app, person(), scene.helper)


@pytest.fixture
def asker(app: Flask, scene: Scene, person: Someone) -> Person:
    return sign_in(app, person(), scene.asker)


def photo() -> bytes:
    """As a phone takes it: it says where."""
    exif, kept = Image.Exif(), io.BytesIO()
    exif[0x010E] = "51.4545 N"
    Image.new("RGB", (8, 8), "white").save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def test_from_the_match_to_the_money(scene: Scene, helper: Person, asker: Person) -> None:
    helper.open(f"/matches/{scene.agreed}/spent")
    helper.send(kind="fare", amount="£2", words="The bus")
    assert helper.heading == "£2.00 that was spent"
    helper.send("add-receipt", receipt=(io.BytesIO(photo()), "receipt.jpg"))
    ref = helper.path.removeprefix("/costs/")
    asker.open(f"/matches/{scene.agreed}")
    assert "£3.40: Things that were bought" in asker.words
    assert "Please say whether it is right." in asker.words
    assert "Together: £5.40" in asker.words
    seen = asker.client.get(f"/costs/{ref}/receipt")
    assert (seen.content_type, b"51.4545" in seen.data) == ("image/jpeg", False)
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    asker.open(f"/costs/{ref}").send("/answer", answer="right")
    assert "You said it is right" in asker.words
    assert "Please pay them as you two agreed" in asker.words
    helper.open(f"/costs/{ref}").send("/settled")
    assert "You have the money" in helper.words
    assert not helper.page.select("main form[method=post]")


def test_what_was_typed_comes_back_with_what_is_wrong(scene: Scene, helper: Person) -> None:
    helper.open(f"/matches/{scene.agreed}/spent")
    helper.send(kind="fare", amount="3,40", words="")
    both = (helper.error_at("words"), helper.error_at("amount")[:20])
    assert both == ("Say what you bought.", "Type pounds and penc")
    helper.send(kind="fare", amount="3,40", words="Milk")
    assert helper.error_at("amount") == "Type pounds and pence, like 3.40, or pence, like 90p."
    assert (helper.typed()["amount"], helper.typed()["words"]) == ("3,40", "Milk")
    helper.send(amount="50.01")
    assert helper.error_at("amount") == "That is too much for one thing. The most is £50.00."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a photo or a PDF first."),
        (b"<svg onload=alert(1)>", "Choose a photo (JPEG or PNG) or a PDF."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_receipt(scene: Scene, helper: Person, content: bytes, said: str) -> None:
    helper.open(f"/costs/{scene.cost}").send("add-receipt", receipt=(io.BytesIO(content), "x.jpg"))
    assert helper.error_at("receipt") == said


def test_a_photo_that_is_too_big_is_told_so_at_its_field(scene: Scene, helper: Person) -> None:
    typed = helper.open(f"/costs/{scene.cost}").typed("add-receipt").to_dict()
    taken = FileStorage(io.BytesIO(b"\xff\xd8\xff" + bytes(3 * 1024 * 1024)), "x.jpg")
    boundary, body = encode_multipart({**typed, "receipt": taken})  # in memory, not in a file
    answer = helper.client.post(
        f"/costs/{scene.cost}/add-receipt", data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "This file is too big. The most is 2 MB." in answer.get_data(as_text=True)


def test_only_where_files_are_taken_may_so_much_be_sent(scene: Scene, helper: Person) -> None:
    helper.open(f"/costs/{scene.cost}").send("/settled", extra="x" * 2 * 1024 * 1024)
    assert helper.answer.status_code == 413


def test_a_no_says_why_and_the_desk_sees_it(
    app: Flask, place: BuiltPlace, scene: Scene, asker: Person, helper: Person, person: Someone
) -> None:
    staff = sign_in_staff(app, person(), place)
    assert staff.open(f"/costs/{scene.cost}").answer.status_code == 404
    asker.open(f"/costs/{scene.cost}").send("/answer", answer="wrong", words="")
    assert asker.error_at("words")
    asker.send("/answer", answer="wrong", words="I had no bread.")
    assert "You said it is not right" in asker.words
    assert "I had no bread." in helper.open(f"/costs/{scene.cost}").words
    assert "I had no bread." in staff.open(f"/costs/{scene.cost}").words
    assert "£3.40" in staff.open(f"/matches/{scene.agreed}").words
