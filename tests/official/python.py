"""The official Python SDK over the stand-in: prints what it received, a JSON object for each case.

    python.py BASE_URL FOLDER
"""

import base64
import json
import pathlib
import sys

import openai

base_url, folder = sys.argv[1], pathlib.Path(sys.argv[2])
client = openai.OpenAI(base_url=base_url, api_key="sk-stand-in")
photo, second, mask = (folder / name for name in ("soap.png", "bath-bomb.png", "mask.png"))


def pictures(response):
    return [len(base64.b64decode(image.b64_json)) for image in response.data]


def one():
    return pictures(client.images.edit(model="gpt-image-1.5", image=photo, prompt="add a hat"))


def several():
    images = [photo, second]
    return pictures(client.images.edit(model="gpt-image-1.5", image=images, prompt="a basket", n=2, size="1024x1024"))


def masked():
    return pictures(client.images.edit(model="gpt-image-1", image=photo, mask=mask, prompt="a hat", quality="high"))


def stream():
    events = client.images.edit(
        model="gpt-image-1.5", image=photo, prompt="more bubbles", partial_images=2, stream=True
    )
    return [[event.type, len(base64.b64decode(event.b64_json))] for event in events]


def refused():
    try:
        client.images.edit(model="gpt-image-1.5", image=photo, prompt="add a hat", n=11)
    except openai.BadRequestError as error:
        return [error.status_code, error.body["param"], error.body["message"]]


def busy():
    headers = {"x-stand-in-fault": "rate-limit; times=1; after=1"}
    return pictures(
        client.images.edit(model="gpt-image-1.5", image=photo, prompt="again", extra_headers=headers)
    )


for case in (one, several, masked, stream, refused, busy):
    print(json.dumps({"case": case.__name__, "seen": case()}))
