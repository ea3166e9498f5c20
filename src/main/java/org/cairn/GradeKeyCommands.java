package org.cairn;

import java.util.concurrent.Callable;
import org.cairn.evidence.GradeKeyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bearer keys of those who send grades. */
@Command(
        name = "key",
        description = "Keys of those who send grades.",
        mixinStandardHelpOptions = true,
        subcommands = {GradeKeyCommands.Add.class, GradeKeyCommands.Withdraw.class})
final class GradeKeyCommands {

    /** Which deployment a key is for. */
    static final class Place {

        @Mixin
        DeploymentOptions named = new DeploymentOptions();

        @Option(
                names = "--label",
                defaultValue = "grades",
                description = "What the key is for (default: ${DEFAULT-VALUE}).")
        String label = "grades";
    }

    @Command(name = "add", description = "Makes a key and prints it, once.", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {

        @Mixin
        Place place = new Place();

        @Override
        public Integer call() {
            try (var database = Cairn.database(place.named.settings.config())) {
                String key = database.inTransaction(db -> {
                    var deployment = place.named.find(db);
                    return GradeKeyStore.add(
                            db,
                            deployment.tenant(),
                            deployment.id(),
                            place.label,
                            App.clock().instant());
                });
                System.out.println(key);
            }
            return 0;
        }
    }

    @Command(name = "withdraw", description = "Withdraws the keys of a label.", mixinStandardHelpOptions = true)
    static final class Withdraw implements Callable<Integer> {

        @Mixin
        Place place = new Place();

        @Override
        public Integer call() {
            try (var database = Cairn.database(place.named.settings.config())) {
                int withdrawn = database.inTransaction(db -> {
                    var deployment = place.named.find(db);
                    return GradeKeyStore.withdraw(
                            db,
                            deployment.tenant(),
                            deployment.id(),
                            place.label,
                            App.clock().instant());
                });
                System.out.println(withdrawn + " withdrawn.");
            }
            return 0;
        }
    }
}
