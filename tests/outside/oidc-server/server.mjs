// A real OIDC provider for the tests: panva's oidc-provider, strict about PKCE, with two levels of assurance.
// It prints its issuer when it listens, and stops when its standard input closes.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { interactionPolicy, Provider } from 'oidc-provider'

const [redirectUri, algorithm = 'RS256'] = process.argv.slice(2)
const LEVELS = ['substantial', 'high']

const key = (type, options, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  alg,
  kid: alg,
  use: 'sig',
})

// As at ID-porten: a sign-in at a lower level than is asked for leads to a new one.
const policy = interactionPolicy.base()
const { Check } = interactionPolicy
policy.get('login').checks.add(
  new Check('level', 'A higher level of assurance is asked for', ({ oidc }) => {
    const asked = LEVELS.indexOf((oidc.params.acr_values ?? LEVELS[0]).split(' ')[0])
    const has = LEVELS.indexOf(oidc.session.acr)
    return Boolean(oidc.session.accountId && has < asked && !oidc.result?.login)
  }),
)

const provider = (issuer) =>
  new Provider(issuer, {
    acrValues: LEVELS,
    claims: { openid: ['sub'], acr: null },
    clients: [
      {
        client_id: 'helsevev',
        client_secret: 'a secret',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: algorithm,
      },
    ],
    cookies: { keys: ['only for tests'] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
    jwks: {
      keys: [
        key('rsa', { modulusLength: 2048 }, 'RS256'),
        key('rsa', { modulusLength: 2048 }, 'PS256'),
        key('ec', { namedCurve: 'P-256' }, 'ES256'),
      ],
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 600 },
  })

const form = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()))
}

const interact = async (oidc, request, response) => {
  const { prompt, params, session } = await oidc.interactionDetails(request, response)
  if (prompt.name === 'consent') {
    const grant = new oidc.Grant({ accountId: session.accountId, clientId: params.client_id })
    grant.addOIDCScope('openid')
    const consent = { grantId: await grant.save() }
    return oidc.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
  }
  if (request.method !== 'POST') return response.end('Who are you, and how sure are we?')
  const { account: accountId, acr } = await form(request)
  const result = accountId
    ? { login: { accountId, acr, amr: ['test'] } }
    : { error: 'access_denied', error_description: 'The person said no' }
  return oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const oidc = provider(issuer)
  const callback = oidc.callback()
  oidc.on('server_error', (_, error) => console.error(error))
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return callback(request, response)
    return interact(oidc, request, response).catch((error) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  console.log(issuer)
})
process.stdin.resume().on('end', () => process.exit(0))
