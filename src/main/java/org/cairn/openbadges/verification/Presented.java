package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cairn.openbadges.Attached;
import org.cairn.openbadges.Baked;
import org.cairn.openbadges.CredentialDocument;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.Jws;
import org.cairn.openbadges.Pack;

/** A credential as somebody shows it, before anything of it is believed. */
sealed interface Presented {

    /** The longest text that is read as a credential. */
    int LONGEST = 256 * 1024;

    /** What the signature covers. */
    ObjectNode credential();

    /** As a compact VC-JWT. */
    record Token(Jws jws) implements Presented {
        @Override
        public ObjectNode credential() {
            return jws.payload();
        }
    }

    /** As JSON that should carry its proof. */
    record Proved(ObjectNode credential) implements Presented {}

    /** Empty where it names none. */
    default String issuer() {
        return CredentialJson.issuer(credential());
    }

    /** A text, or a PNG, SVG or PDF that carries one. Throws IllegalArgumentException, whose message is for people. */
    static Presented read(byte[] file) {
        if (file.length > Baked.LARGEST) {
            throw new IllegalArgumentException("It is larger than any credential that is read here (2 MB).");
        }
        if (Baked.isPicture(file)) {
            return read(Baked.find(file)
                    .orElseThrow(() -> new IllegalArgumentException("The picture carries no credential.")));
        }
        if (Attached.isPdf(file)) {
            return only(Attached.texts(file));
        }
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("It is neither text nor a picture or PDF that can be read here.", e);
        }
    }

    /** The credential of a pack; of two forms neither says what the other does not. Throws IllegalArgumentException. */
    static Presented read(Pack pack) {
        var jwt = pack.text(Pack.JWT).map(Presented::read);
        var json = pack.text(Pack.JSON).map(Presented::read);
        if (jwt.isPresent() && json.isPresent() && !bare(jwt.get()).equals(bare(json.get()))) {
            throw new IllegalArgumentException("The pack holds two credentials that do not say the same.");
        }
        return jwt.or(() -> json).orElseThrow(() -> new IllegalArgumentException("The pack holds no credential."));
    }

    private static ObjectNode bare(Presented presented) {
        return CredentialDocument.bare(presented.credential()).without("proof");
    }

    /** The one credential among the texts of a PDF, which may carry other files too. */
    private static Presented only(List<String> texts) {
        var credentials = new ArrayList<Presented>();
        for (var text : texts) {
            try {
                credentials.add(read(text));
            } catch (IllegalArgumentException e) {
                // Something else that its maker attached.
            }
        }
        if (credentials.size() > 1) {
            throw new IllegalArgumentException("The PDF carries more than one credential; show the one you mean.");
        }
        return credentials.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The PDF carries no credential."));
    }

    /** Throws IllegalArgumentException, whose message is for people. */
    static Presented read(String shown) {
        if (shown.length() > LONGEST) {
            throw new IllegalArgumentException("It is longer than any credential that is read here (256 KB).");
        }
        var text = shown.replace("\ufeff", "").strip();
        if (text.startsWith("[")) {
            throw new IllegalArgumentException("It is a list; show one credential at a time.");
        }
        var presented = text.startsWith("{") ? json(text) : token(text);
        if (!presented.credential().has("@context") && !presented.credential().has("credentialSubject")) {
            throw new IllegalArgumentException("It can be read, but is something else than a credential.");
        }
        return presented;
    }

    private static Presented json(String text) {
        try {
            return new Proved(CredentialJson.read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "It begins like JSON, but is not whole, or could be read in two ways.", e);
        }
    }

    private static Presented token(String text) {
        try {
            return new Token(Jws.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("It is neither a VC-JWT nor JSON.", e);
        }
    }
}
