import express, { type Router } from "express";

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chapar</title></head>
<body>
<h1>Chapar</h1>
<p>A bridge between SMS and Telegram. It is running.</p>
<p lang="fa" dir="rtl">چاپار، پلی میان پیامک و تلگرام. روشن است.</p>
</body>
</html>
`;

/** What somebody sees who opens the address in a browser. It says nothing of the installation. */
export function createIndexPage(): Router {
  const router = express.Router();
  router.get("/", (_request, response) => {
    response.type("text/html").send(page);
  });
  return router;
}
