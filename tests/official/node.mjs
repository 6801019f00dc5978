// The official Node SDK over the stand-in: prints what it received, a JSON object for each case.
//
//     node.mjs BASE_URL FOLDER MODULES

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [baseURL, folder, modules] = process.argv.slice(2);
const { default: OpenAI, BadRequestError, toFile } = createRequire(path.join(modules, "from-here"))("openai");
const client = new OpenAI({ baseURL, apiKey: "sk-stand-in" });
// The SDK guesses no content type.
const file = (name) => toFile(fs.createReadStream(path.join(folder, name)), name, { type: "image/png" });
const length = (text) => Buffer.from(text, "base64").length;
const pictures = (response) => response.data.map((image) => length(image.b64_json));

const cases = {
  one: async () =>
    pictures(await client.images.edit({ model: "gpt-image-1.5", image: await file("soap.png"), prompt: "add a hat" })),
  several: async () => {
    const image = [await file("soap.png"), await file("bath-bomb.png")];
    const request = { model: "gpt-image-1.5", image, prompt: "a basket", n: 2, size: "1024x1024" };
    return pictures(await client.images.edit(request));
  },
  masked: async () => {
    const request = { model: "gpt-image-1", image: await file("soap.png"), mask: await file("mask.png"), prompt: "a hat", quality: "high" };
    return pictures(await client.images.edit(request));
  },
  stream: async () => {
    const request = { model: "gpt-image-1.5", image: await file("soap.png"), prompt: "more bubbles", partial_images: 2 };
    const seen = [];
    for await (const event of await client.images.edit({ ...request, stream: true })) {
      seen.push([event.type, length(event.b64_json)]);
    }
    return seen;
  },
  refused: async () => {
    try {
      await client.images.edit({ model: "gpt-image-1.5", image: await file("soap.png"), prompt: "add a hat", n: 11 });
    } catch (error) {
      if (error instanceof BadRequestError) return [error.status, error.param, error.error.message];
      throw error;
    }
  },
  busy: async () => {
    const headers = { "x-stand-in-fault": "rate-limit; times=1; after=1" };
    const request = { model: "gpt-image-1.5", image: await file("soap.png"), prompt: "again" };
    return pictures(await client.images.edit(request, { headers }));
  },
};

for (const [name, run] of Object.entries(cases)) {
  console.log(JSON.stringify({ case: name, seen: await run() }));
}
