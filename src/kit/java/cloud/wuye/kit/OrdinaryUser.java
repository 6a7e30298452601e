package cloud.wuye.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a program that refuses to run as root (PostgreSQL) is run: as ourselves when we are not root, else under the first
 * of these that works on this machine.
 *
 * <p>The user namespace is the best: the process is root to nobody, yet its files stay ours, also under a home
 * directory that no other user can enter. Containers often forbid it, so there are two more.
 */
final class OrdinaryUser {
    private static final List<OrdinaryUser> WAYS = List.of(
            new OrdinaryUser("root", List.of("unshare", "-U")),
            new OrdinaryUser(
                    "nobody",
                    List.of(
                            "setpriv",
                            "--reuid=nobody",
                            "--clear-groups",
                            "--inh-caps=+dac_override,+dac_read_search",
                            "--ambient-caps=+dac_override,+dac_read_search")),
            new OrdinaryUser("nobody", List.of("chroot", "--userspec=nobody", "--skip-chdir", "/")));

    private final String owner;
    private final List<String> prefix;

    private OrdinaryUser(String owner, List<String> prefix) {
        this.owner = owner;
        this.prefix = prefix;
    }

    /**
     * @param program initdb
     * @param data a directory that the program must be able to write
     * @return empty when no way works here
     */
    static Optional<OrdinaryUser> toRun(Path program, Path data) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of(new OrdinaryUser(null, List.of()));
        }
        for (OrdinaryUser way : WAYS) {
            way.own(data);
            if (way.works(program, data)) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    List<String> run(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Makes a file, or a directory with all in it, the user's own. */
    void give(Path tree) {
        if (owner != null) {
            own(tree);
        }
    }

    private boolean works(Path program, Path data) {
        // initdb looks for the server the way that fails when only a capability would let it through.
        String probe = "test \"$(id -u)\" != 0 && : > \"$2/probe\" && rm \"$2/probe\" && exec \"$1\" --show -D \"$2\"";
        List<String> command = run(List.of("/bin/sh", "-c", probe, "probe", program.toString(), data.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // A data directory may come from a run that found another way.
    private void own(Path data) {
        try (Stream<Path> tree = Files.walk(data)) {
            UserPrincipal user =
                    data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
            if (Files.getOwner(data).equals(user)) {
                return;
            }
            for (Path path : tree.toList()) {
                Files.setOwner(path, user);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + data + " to " + owner, e);
        }
    }
}
