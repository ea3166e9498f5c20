package org.cairn.openbadges.backpack;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an app may ask a learner for (Open Badges 3.0 §6.2.1). */
public enum Scope {
    READ("https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly"),
    BRING("https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert"),
    PROFILE("https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly"),
    /** To be let in for longer than an hour. */
    OFFLINE("offline_access");

    private final String address;

    Scope(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** Those of a list with spaces between that there are here; others are left out, and whoever asks is told which there are (RFC 6749 §3.3). */
    public static Set<Scope> read(String list) {
        var asked = List.of(list.split(" "));
        var scopes = EnumSet.noneOf(Scope.class);
        Stream.of(values()).filter(one -> asked.contains(one.address)).forEach(scopes::add);
        return scopes;
    }

    /** As a list with spaces between. */
    public static String write(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::address).collect(Collectors.joining(" "));
    }

    /** Whether these let an app do anything at all. */
    public static boolean isSomething(Collection<Scope> scopes) {
        return scopes.stream().anyMatch(one -> one != OFFLINE);
    }
}
