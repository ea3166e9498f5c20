package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import org.cairn.award.Handover;
import org.cairn.db.Database;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.wallet.KeyProof;
import org.cairn.openbadges.wallet.Nonces;
import org.cairn.openbadges.wallet.WalletOffers;
import org.jspecify.annotations.Nullable;

/** What wallets ask for: OpenID for Verifiable Credential Issuance 1.0, the pre-authorised code flow. Sections are that specification's. */
final class WalletRoutes {

    private static final int LARGEST = 64 * 1024;

    private final Database database;
    private final Handover handover;
    private final Credentials credentials;
    private final Nonces nonces;
    private final KeyProof proof;
    private final Clock clock;

    WalletRoutes(Database database, Handover handover, Credentials credentials, Nonces nonces, Clock clock) {
        this.database = database;
        this.handover = handover;
        this.credentials = credentials;
        this.nonces = nonces;
        this.proof = new KeyProof(credentials.addresses().publicUrl(), nonces);
        this.clock = clock;
    }

    /** An access token for a pre-authorised code (§6.1). */
    void token(Context context) {
        OAuth.answered(context, () -> {
            var grant = OAuth.parameter(context, "grant_type");
            if (!grant.equals(WalletMetadata.GRANT)) {
                throw OAuth.refused(
                        "unsupported_grant_type", "The one grant type here is " + WalletMetadata.GRANT + ".");
            }
            if (context.formParam("authorization_details") != null) {
                throw OAuth.refused("invalid_authorization_details", "An offer is of one credential; leave this out.");
            }
            var token =
                    handover.take(OAuth.parameter(context, "pre-authorized_code"), OAuth.parameter(context, "tx_code"));
            var json = JsonNodeFactory.instance.objectNode();
            json.put("access_token", token);
            json.put("token_type", "Bearer");
            json.put("expires_in", WalletOffers.TOKEN_LIFE.toSeconds());
            OAuth.answer(context, 200, json);
        });
    }

    /** A nonce for a proof (§7). */
    void nonce(Context context) {
        OAuth.answer(context, 200, JsonNodeFactory.instance.objectNode().put("c_nonce", nonces.fresh(clock.instant())));
    }

    /** The credential, bound to the key that the wallet proves (§8). */
    void credential(Context context) {
        OAuth.answered(context, () -> {
            var token = OAuth.bearer(context);
            if (token == null || !handover.isOpen(token)) {
                unauthorized(context, token);
                return;
            }
            var request = request(context);
            var format = format(request);
            var copy = handover.copy(token, proof.holder(proof(request), clock.instant()));
            var json = JsonNodeFactory.instance.objectNode();
            json.putArray("credentials").addObject().set("credential", signed(copy, format));
            OAuth.answer(context, 200, json);
        });
    }

    private JsonNode signed(Credential copy, WalletMetadata.Format format) {
        if (format == WalletMetadata.Format.JWT) {
            return JsonNodeFactory.instance.textNode(copy.jwt());
        }
        var proved = database.inTransaction(db -> credentials.proved(db, copy, clock.instant()));
        return CredentialJson.read(proved.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode request(Context context) throws IOException {
        var type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
        byte[] body = context.bodyInputStream().readNBytes(LARGEST + 1);
        if (!type.matches("application/json(;.*)?") || body.length > LARGEST) {
            throw OAuth.refused("invalid_credential_request", "Send application/json of up to 64 KB.");
        }
        try {
            return CredentialJson.read(body);
        } catch (IllegalArgumentException e) {
            throw OAuth.refused("invalid_credential_request", "The body is not one JSON object.");
        }
    }

    private static WalletMetadata.Format format(JsonNode request) {
        if (request.has("credential_response_encryption")) {
            throw OAuth.refused("invalid_encryption_parameters", "Answers are not encrypted beyond TLS.");
        }
        if (request.has("credential_identifier")) {
            throw OAuth.refused("unknown_credential_identifier", "Ask by credential_configuration_id.");
        }
        if (!request.path("credential_configuration_id").isTextual()) {
            throw OAuth.refused("invalid_credential_request", "The credential_configuration_id is missing.");
        }
        return WalletMetadata.Format.find(
                        request.path("credential_configuration_id").textValue())
                .orElseThrow(
                        () -> OAuth.refused("unknown_credential_configuration", "There is no such configuration."));
    }

    private static String proof(JsonNode request) {
        var proofs = request.path("proofs");
        var jwts = proofs.path("jwt");
        if (proofs.size() != 1
                || !jwts.isArray()
                || jwts.size() != 1
                || !jwts.get(0).isTextual()) {
            throw OAuth.refused("invalid_proof", "Send proofs with one member, jwt: a list of one JWT.");
        }
        return jwts.get(0).textValue();
    }

    // RFC 6750 §3.1: who sent no token is told no error.
    private static void unauthorized(Context context, @Nullable String token) {
        context.header("WWW-Authenticate", token == null ? "Bearer" : "Bearer error=\"invalid_token\"");
        OAuth.answer(context, 401, JsonNodeFactory.instance.objectNode().put("error", "invalid_token"));
    }
}
