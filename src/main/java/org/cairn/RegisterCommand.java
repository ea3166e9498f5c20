package org.cairn;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cairn.award.Awarding;
import org.cairn.award.Registering;
import org.cairn.catalog.Catalogues;
import org.cairn.evidence.RegisterFile;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes what an institution's register says of people. */
@Command(
        name = "register",
        description = "Takes a file of who belongs to which cohort, term or role, and who has which hours.",
        mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {

    @Mixin
    App.Settings settings = new App.Settings();

    @Parameters(
            paramLabel = "FILE",
            description = "CSV in UTF-8 with the columns issuer,client_id,sub,what,name,hours,day.")
    Path file = Path.of("");

    @Option(names = "--tenant", paramLabel = "SLUG", required = true, description = "Whose register it is.")
    String tenant = "";

    @Override
    public Integer call() {
        var register = RegisterFile.read(Cairn.content(file));
        var config = settings.config();
        var clock = App.clock();
        try (var database = Cairn.database(config)) {
            var keys = new Keys(database, MasterKey.open(config.masterKey()), clock);
            var credentials = new Credentials(new Addresses(config.publicUrl().toString()), keys);
            var catalogues = new Catalogues();
            var awarding = new Awarding(database, catalogues, credentials, clock);
            var awards = new Registering(database, catalogues, awarding, clock).take(tenant, register);
            System.out.printf(
                    "%d lines taken, %d awards made.%n", register.lines().size(), awards.size());
        }
        return 0;
    }
}
