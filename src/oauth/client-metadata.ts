/** A registered application in the words of RFC 7591, as oidc-provider wants it. */
import type { ClientMetadata } from 'oidc-provider';
import { isNative, type OauthClient } from '../sign-in/clients.ts';

export function makeClientMetadata(client: OauthClient): ClientMetadata {
  const { id, name, secretHash, redirectUris, needsPkce, actsAs } = client;
  const isForPeople = redirectUris.length > 0;
  return {
    client_id: id,
    client_name: name,
    application_type: isNative(client) ? 'native' : 'web',
    redirect_uris: [...redirectUris],
    response_types: isForPeople ? ['code'] : [],
    response_modes: ['query'],
    grant_types: [
      ...(isForPeople ? ['authorization_code', 'refresh_token'] : []),
      ...(actsAs === null ? [] : ['client_credentials']),
    ],
    // The library then takes the secret in the header as well (RFC 6749 §2.3.1). What it holds is a hash.
    ...(secretHash === null
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_post', client_secret: secretHash }),
    needs_pkce: needsPkce,
  };
}
