package org.cairn;

import java.util.concurrent.Callable;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** For who lost the master key, and its backup. */
@Command(
        name = "replace-keys",
        description = "Replaces the keys that the master key cannot read: for who lost the one that could.",
        mixinStandardHelpOptions = true)
final class ReplaceKeysCommand implements Callable<Integer> {

    @Mixin
    App.Settings settings = new App.Settings();

    @Override
    public Integer call() {
        var config = settings.config();
        try (var database = Cairn.database(config)) {
            int replaced = new Keys(database, MasterKey.open(config.masterKey()), App.clock()).replaceUnreadable();
            System.out.println(
                    replaced == 0 ? "Every key can be read; nothing was replaced." : """
                            %d replaced. What learners hold was signed with keys that stay published, and is verified as before; from now on new ones
                            sign. LMSs fetch the new key within a day, and refuse our calls until then. An issuer that was its key (did:key) has to be
                            given another name, and a copy of an issuer's document on your own domain has to be published again.""".formatted(replaced));
        }
        return 0;
    }
}
