/** The institution's own sign-in for those who run Cairn: OpenID Connect Core 1.0, authorization code flow with PKCE. */
@NullMarked
package org.cairn.openid;

import org.jspecify.annotations.NullMarked;
