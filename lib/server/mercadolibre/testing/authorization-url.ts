/** The address that asks a seller for consent, as sign-in makes it: code flow with PKCE S256 and state. */
export function authorizationUrl(o: {
  authUrl: string;
  clientId: string;
  redirectUri: string;
  state: string;
  codeChallenge: string;
}): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: o.clientId,
    redirect_uri: o.redirectUri,
    state: o.state,
    code_challenge: o.codeChallenge,
    code_challenge_method: "S256",
  });
  return `${o.authUrl}/authorization?${query}`;
}
