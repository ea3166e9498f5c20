package org.cairn.openbadges;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.keys.PublicSigningKey;

/**
 * The public addresses that credentials carry. They stay in what was signed for ever, so the public URL never changes; where it has to all the
 * same, the former ones go on leading here.
 */
public record Addresses(String publicUrl, List<String> formerUrls) {

    /** Each has a scheme and a host and no slash at its end. */
    public Addresses {
        formerUrls = List.copyOf(formerUrls);
        if (publicUrl.endsWith("/") || formerUrls.stream().anyMatch(url -> url.endsWith("/"))) {
            throw new IllegalArgumentException("A public URL has no slash at its end.");
        }
    }

    public Addresses(String publicUrl) {
        this(publicUrl, List.of());
    }

    /** The same below the public URL, of now or of before, that has this host (with its port); below the one of now where none has. */
    public Addresses at(String host) {
        return new Addresses(urls().filter(url -> URI.create(url).getAuthority().equalsIgnoreCase(host))
                .findFirst()
                .orElse(publicUrl));
    }

    /** What follows the public URL, of now or of before, in an address of ours; empty for other addresses. */
    public Optional<String> path(String address) {
        return urls().filter(url -> address.startsWith(url + "/"))
                .map(url -> address.substring(url.length()))
                .findFirst();
    }

    private Stream<String> urls() {
        return Stream.concat(Stream.of(publicUrl), formerUrls.stream());
    }

    /** What credentials call an issuer: its DID, or else its address here. */
    public String name(IssuerProfile issuer) {
        return issuer.did() == null ? issuer(issuer.id()) : issuer.did();
    }

    public String issuer(IssuerId issuer) {
        return publicUrl + "/issuers/" + issuer;
    }

    /** The DID whose document is at the issuer's address here (did:web method §3.2). */
    public String did(IssuerId issuer) {
        return WebDid.at(URI.create(issuer(issuer) + "/did.json")).orElseThrow();
    }

    /**
     * What an issuer of this name calls a key of its own; one that is its key (did:key) repeats it.
     *
     * @throws Problem CONFLICT where the issuer was another key, which signs no more
     */
    public static String key(String issuer, PublicSigningKey key) {
        if (!issuer.startsWith("did:key:")) {
            return issuer + "#" + key.kid();
        }
        if (!issuer.equals(did(key))) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "issuer_changed",
                    "This was issued by a key that signs no more. What stands is issued anew within minutes; ask for it then.");
        }
        return issuer + "#" + key.multibase();
    }

    /** The DID that is this key, which is an Ed25519 key. */
    public static String did(PublicSigningKey key) {
        return "did:key:" + key.multibase();
    }

    /** A list as an issuer of this name signs it: a verifier expects it of the very issuer that the credential names. */
    public String statusList(IssuerId issuer, String name, int list) {
        var address = issuer(issuer) + "/status/" + list;
        return name.equals(issuer(issuer))
                ? address
                : address + "?as=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    public String credential(CredentialId credential) {
        return publicUrl + "/credentials/" + credential;
    }

    /**
     * Where whoever holds a credential asks for its newest form (1EdTech's credential refresh). It names the subject by a digest, so that to know the
     * credential's id is not enough.
     */
    public String newest(CredentialId credential, String subject) {
        return credential(credential) + "/newest/" + Sha256.hex(subject);
    }

    public String verification(CredentialId credential) {
        return publicUrl + "/verify/" + credential;
    }

    /** The picture of an achievement, as a PNG: not every wallet draws SVG. */
    public String image(TenantId tenant, AchievementId achievement, int version) {
        return achievement(tenant, achievement, version) + "/image.png";
    }

    /** An endorsement that we gave. */
    public String endorsement(CredentialId endorsement) {
        return publicUrl + "/endorsements/" + endorsement;
    }

    /** Where our own terms are explained; a term's name follows. */
    public String vocabulary() {
        return publicUrl + "/vocabulary#";
    }

    public String achievement(TenantId tenant, AchievementId achievement, int version) {
        return publicUrl + "/achievements/" + tenant + "/" + achievement + "/" + version;
    }
}
