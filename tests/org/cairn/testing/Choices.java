package org.cairn.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns a fuzzer's bytes into decisions: the same bytes, the same decisions. When they are used up, every decision is the first. */
public final class Choices {

    private final ByteBuffer bytes;

    public Choices(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Bytes to begin with where nothing better is known: always the same two hundred. */
    public static Stream<byte[]> seeds() {
        var random = new Random(2026);
        return IntStream.range(0, 200).mapToObj(i -> {
            byte[] seed = new byte[8 + i];
            random.nextBytes(seed);
            return seed;
        });
    }

    /** From {@code least} to {@code most}, both included, at most 65,536 apart. */
    public int number(int least, int most) {
        return least + ((next() << 8) | next()) % (most - least + 1);
    }

    public boolean isEven() {
        return next() % 2 == 0;
    }

    public long whole() {
        long whole = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            whole = (whole << 8) | next();
        }
        return whole;
    }

    /** Text of up to so many bytes: of every character there is, or of halves of some. */
    public String text(int most) {
        byte[] text = new byte[Math.min(number(0, most), bytes.remaining())];
        bytes.get(text);
        return isEven()
                ? new String(text, StandardCharsets.UTF_8)
                : new String(Arrays.copyOf(text, text.length / 2 * 2), StandardCharsets.UTF_16BE);
    }

    public String rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return new String(rest, StandardCharsets.UTF_8);
    }

    public <T> T one(List<T> of) {
        return of.get(number(0, of.size() - 1));
    }

    private int next() {
        return bytes.hasRemaining() ? bytes.get() & 0xff : 0;
    }
}
