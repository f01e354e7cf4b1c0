// A certified login provider for the slow test: whoever is clicked is signed in. node provider.mjs PORT REDIRECT_URI
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, redirect] = process.argv.slice(2);
const found = createRequire(process.cwd() + "/").resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(found));

const PEOPLE = {
  ann: { email: "ann@team.example", email_verified: true },
  vera: { email: "vera@team.example", email_verified: true },
  eve: { email: "eve@evil-team.example", email_verified: true },
  mallory: { email: "ann@team.example", email_verified: false },
  brief: { email: "ann@team.example", email_verified: true },
};

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "retention", client_secret: "for-the-test", redirect_uris: [redirect], post_logout_redirect_uris: [redirect],
  }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false, // Streamlit reads the identity token
  cookies: { keys: ["only for the test"] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      logoutSource: (ctx, form) => { // its own page would fetch a font from outside
        ctx.body = `${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`;
      },
    },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: "retention", accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  ttl: { IdToken: (ctx) => (ctx.oidc.account?.accountId === "brief" ? 5 : 3600) },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/who/")) return next();
  const who = ctx.path.split("/")[3];
  if (ctx.method === "POST") {
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: who } });
    ctx.respond = false;
    return;
  }
  ctx.type = "html";
  ctx.body = Object.keys(PEOPLE)
    .map((name) => `<form method="post" action="${ctx.path}/${name}"><button>${name}</button></form>`).join("");
});

provider.listen(Number(port), "localhost", () => console.log("ready"));
