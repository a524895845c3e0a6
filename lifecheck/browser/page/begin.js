// Begins the page, with the data in it or else with the server that it came from.

import { ServerFeed, WrittenFeed } from "./feeds.js";
import { Place } from "./place.js";
import { Page } from "./page.js";

async function begin() {
  const data = document.getElementById("data");
  const feed = data ? new WrittenFeed(JSON.parse(data.textContent)) : new ServerFeed(new URL(".", location.href));
  const described = await feed.describe();
  const page = new Page(new Place(feed, described));
  page.theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  await page.then(() => page.open(location.hash.slice(1)));
  page.changed();
  page.listen();
  document.documentElement.dataset.ready = "";
}

begin().catch((error) => {
  document.getElementById("notice").textContent = error.message;
});
