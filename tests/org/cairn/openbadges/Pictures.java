package org.cairn.openbadges;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Pictures that carry what a test says, well made or not. */
public final class Pictures {

    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"" + Baked.NAMESPACE + "\">%s</svg>";

    private Pictures() {}

    public static byte[] svg(String inside) {
        return SVG.formatted(inside).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] png(byte[]... chunks) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Baked.PNG);
        for (var chunk : chunks) {
            bytes.writeBytes(chunk);
        }
        bytes.writeBytes(chunk("IEND", new byte[0]));
        return bytes.toByteArray();
    }

    public static byte[] itxt(String keyword, int compressed, String text) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(new byte[] {0, (byte) compressed, 0, 0, 0});
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return chunk("iTXt", bytes.toByteArray());
    }

    public static byte[] chunk(String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }
}
