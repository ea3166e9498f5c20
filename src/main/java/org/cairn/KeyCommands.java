package org.cairn;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.cairn.keys.Keys;
import org.cairn.keys.LtiKey;
import org.cairn.keys.MasterKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Our keys for LMSs, at the command line: {@code cairn lti keys}, {@code rotate} and {@code withdraw}. */
final class KeyCommands {

    private KeyCommands() {}

    @Command(name = "keys", description = "Lists our keys for LMSs.", mixinStandardHelpOptions = true)
    static final class States implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Override
        public Integer call() {
            return with(settings, keys -> keys.ltiStates().forEach(key -> System.out.println(line(key))));
        }
    }

    @Command(
            name = "rotate",
            description = "Makes and publishes the next key for LMSs; it signs two days later.",
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Override
        public Integer call() {
            return with(settings, keys -> System.out.println(line(keys.rotateLti())));
        }
    }

    @Command(
            name = "withdraw",
            description = "Withdraws a key for LMSs at once: for one that somebody else may have.",
            mixinStandardHelpOptions = true)
    static final class Withdraw implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Parameters(
                paramLabel = "KID",
                description = "Its id, as `cairn lti keys` lists it; after -- where it begins with a hyphen.")
        String kid = "";

        @Override
        public Integer call() {
            return with(settings, keys -> {
                var signing = keys.withdrawLti(kid);
                System.out.println("""
                        Withdrawn. From now on this one signs, on a running Cairn within a minute:
                        %s
                        An LMS that has not fetched it yet refuses our calls until it does, mostly within a day; grades wait in the outbox
                        meanwhile. What learners hold is signed with other keys and stays valid.""".formatted(line(signing)));
            });
        }
    }

    private static int with(App.Settings settings, Consumer<Keys> work) {
        var config = settings.config();
        try (var database = Cairn.database(config)) {
            work.accept(new Keys(database, MasterKey.open(config.masterKey()), App.clock()));
        }
        return 0;
    }

    private static String line(LtiKey key) {
        return "%-10s %s signs from %s".formatted(key.state(), key.kid(), key.activeAt());
    }
}
