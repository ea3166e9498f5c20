package org.cairn.openbadges;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Puts a credential into a picture, as JSON with a proof (Open Badges 3.0 §5.3): the picture can be shown and the credential be checked. */
public final class Baking {

    /** Where the first chunk of every PNG ends: after the signature and IHDR. */
    private static final int HEAD = 8 + 25;

    private Baking() {}

    /** {@code picture} is a PNG without a credential. */
    public static byte[] png(byte[] picture, String credential) {
        var baked = new ByteArrayOutputStream(picture.length + credential.length() + 100);
        baked.write(picture, 0, HEAD);
        // Before what is drawn: some readers look for texts no further.
        write(baked, "iTXt", text(credential));
        baked.write(picture, HEAD, picture.length - HEAD);
        return baked.toByteArray();
    }

    /** {@code picture} is an SVG without a credential, whose first element is its {@code svg}. */
    public static String svg(String picture, String credential) {
        int at = picture.indexOf("<svg ") + "<svg ".length();
        int children = picture.indexOf('>', at) + 1;
        return picture.substring(0, at)
                + "xmlns:openbadges=\"%s\" ".formatted(Baked.NAMESPACE)
                + picture.substring(at, children)
                // In JSON, > stands only inside of strings, where it may be escaped.
                + "<openbadges:credential><![CDATA[%s]]></openbadges:credential>"
                        .formatted(credential.replace("]]>", "]]\\u003e"))
                + picture.substring(children);
    }

    /** What an iTXt chunk holds (PNG, third edition, §11.3.3.4): not compressed, of no language. */
    private static byte[] text(String credential) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(Baked.KEYWORD.getBytes(StandardCharsets.ISO_8859_1));
        text.writeBytes(new byte[] {0, 0, 0, 0, 0});
        text.writeBytes(credential.getBytes(StandardCharsets.UTF_8));
        return text.toByteArray();
    }

    private static void write(ByteArrayOutputStream picture, String type, byte[] data) {
        var chunk = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(data)
                .array();
        var checksum = new CRC32();
        checksum.update(chunk);
        try (var output = new DataOutputStream(picture)) {
            output.writeInt(data.length);
            output.write(chunk);
            output.writeInt((int) checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
