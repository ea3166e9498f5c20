package org.cairn;

import com.github.f4b6a3.tsid.Tsid;
import com.github.f4b6a3.tsid.TsidFactory;

/**
 * Names a session, from the login on that may begin it. A time-sorted number, so that every row is written at the end of its table; it is
 * no secret.
 */
public record SessionId(long value) {

    // Of two nodes in the same millisecond one in four million is the same, and the second of them is refused. The node
    // is said to be none, since the library asks the environment otherwise.
    private static final TsidFactory FACTORY =
            TsidFactory.builder().withNodeBits(0).withNode(0).build();

    public static SessionId fresh() {
        return new SessionId(FACTORY.create().toLong());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is none. */
    public static SessionId of(String text) {
        return new SessionId(Tsid.from(text).toLong());
    }

    /** 13 characters, digits and capitals. */
    @Override
    public String toString() {
        return Tsid.from(value).toString();
    }
}
