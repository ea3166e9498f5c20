package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.wallet.WalletOffers;

/** What wallets have to know beforehand (OpenID4VCI 1.0 §12, RFC 8414), and the offers that lead them here (§4). */
final class WalletMetadata {

    static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    /** A form in which a wallet can have a credential, by the name of its configuration: short, since it is in every QR code. */
    enum Format {
        JWT("open-badge-jwt", "jwt_vc_json", "ES256"),
        PROVED("open-badge-ldp", "ldp_vc", "eddsa-rdfc-2022");

        private final String configuration;
        private final String name;
        private final String algorithm;

        Format(String configuration, String name, String algorithm) {
            this.configuration = configuration;
            this.name = name;
            this.algorithm = algorithm;
        }

        static Optional<Format> find(String configuration) {
            return Stream.of(values())
                    .filter(one -> one.configuration.equals(configuration))
                    .findFirst();
        }
    }

    private final String publicUrl;
    private final String issuer;

    /** {@code issuer} is what the institution is called. */
    WalletMetadata(String publicUrl, String issuer) {
        this.publicUrl = publicUrl;
        this.issuer = issuer;
    }

    void issuer(Context context) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("credential_issuer", publicUrl);
        json.put("credential_endpoint", publicUrl + "/wallet/credential");
        json.put("nonce_endpoint", publicUrl + "/wallet/nonce");
        json.putArray("display").addObject().put("name", issuer);
        var configurations = json.putObject("credential_configurations_supported");
        for (var format : Format.values()) {
            configurations.set(format.configuration, configuration(format));
        }
        answer(context, json);
    }

    private ObjectNode configuration(Format format) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("format", format.name);
        json.putArray("cryptographic_binding_methods_supported")
                .add("did:key")
                .add("did:jwk")
                .add("jwk");
        json.putArray("credential_signing_alg_values_supported").add(format.algorithm);
        json.putObject("proof_types_supported")
                .putObject("jwt")
                .putArray("proof_signing_alg_values_supported")
                .add("ES256")
                .add("EdDSA");
        var definition = json.putObject("credential_definition");
        if (format == Format.PROVED) {
            definition.putArray("@context").add(Contexts.CREDENTIALS).add(Contexts.BADGES);
        }
        definition.putArray("type").add("VerifiableCredential").add("OpenBadgeCredential");
        json.putObject("credential_metadata")
                .putArray("display")
                .addObject()
                .put("name", "Open Badge")
                .put("locale", "en");
        return json;
    }

    /** We give out our own tokens (§12.2.4: no authorization_servers). */
    void authorizationServer(Context context) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("issuer", publicUrl);
        json.put("token_endpoint", publicUrl + "/wallet/token");
        json.putArray("response_types_supported");
        json.putArray("grant_types_supported").add(GRANT);
        json.putArray("token_endpoint_auth_methods_supported").add("none");
        json.put("pre-authorized_grant_anonymous_access_supported", true);
        answer(context, json);
    }

    /** The link of an offer, by value (§4.1.2). */
    String offer(WalletOffers.Secrets secrets) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("credential_issuer", publicUrl);
        var ids = json.putArray("credential_configuration_ids");
        List.of(Format.values()).forEach(format -> ids.add(format.configuration));
        var grant = json.putObject("grants").putObject(GRANT);
        grant.put("pre-authorized_code", secrets.code());
        grant.putObject("tx_code").put("input_mode", "numeric").put("length", WalletOffers.PIN_LENGTH);
        return "openid-credential-offer://?credential_offer="
                + URLEncoder.encode(json.toString(), StandardCharsets.UTF_8);
    }

    /**
     * The link by which the Learner Credential Wallet of the Digital Credentials Consortium fetches a credential: it posts to the address, and takes what
     * it is answered. {@code bearer}: who has the address may.
     */
    static String request(String issuer, String address) {
        return "https://lcw.app/request.html?issuer=%s&auth_type=bearer&challenge=%s&vc_request_url=%s"
                .formatted(
                        URLEncoder.encode(issuer, StandardCharsets.UTF_8),
                        UUID.randomUUID(),
                        URLEncoder.encode(address, StandardCharsets.UTF_8));
    }

    private static void answer(Context context, ObjectNode json) {
        context.header("Cache-Control", "public, max-age=3600");
        context.contentType("application/json").result(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
