package org.cairn.openbadges;

import com.apicatalog.multibase.Multibase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The bits of a list: compressed and encoded as Bitstring Status List 1.0 §3.3 has it, the first bit the highest of the first byte. */
public final class StatusList {

    private StatusList() {}

    public static String encode(Collection<Integer> set) {
        byte[] bits = new byte[StatusEntries.SIZE / 8];
        for (int index : set) {
            bits[index / 8] |= (byte) (0x80 >> (index % 8));
        }
        try (var bytes = new ByteArrayOutputStream()) {
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(bits);
            }
            return Multibase.BASE_64_URL.encode(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a bit is set. Throws IllegalArgumentException where the list is damaged, or shorter or much longer than it must be. */
    public static boolean isSet(String encoded, int index) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(Multibase.BASE_64_URL.decode(encoded)))) {
            // A list of ours is 16 KB; a bound keeps a small text from becoming a large one.
            byte[] bits = gzip.readNBytes(1024 * 1024);
            if (index < 0 || bits.length < StatusEntries.SIZE / 8 || index >= bits.length * 8) {
                throw new IllegalArgumentException("The status list has no such entry.");
            }
            return (bits[index / 8] & (0x80 >> (index % 8))) != 0;
        } catch (IOException e) {
            throw new IllegalArgumentException("The status list is damaged.", e);
        }
    }
}
