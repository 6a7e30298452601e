package cloud.wuye.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Directories and files of the kit. */
final class Folders {
    private Folders() {}

    /** Where unpacked servers are kept for all clones of one user: {@code -Dwuye.kit.cache}, XDG_CACHE_HOME or ~/.cache. */
    static Path cache() {
        String chosen = System.getProperty("wuye.kit.cache");
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("wuye-cloud").toAbsolutePath();
    }

    /**
     * The directory {@code name} of the cache, filled once for all processes of this user: under a lock, into a
     * directory beside it that is then renamed, so that a killed or parallel run never leaves half of one.
     */
    static Path cached(Path cache, String name, Consumer<Path> fill) {
        Path target = cache.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        make(cache);
        try (FileChannel channel = FileChannel.open(
                        cache.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.isDirectory(target)) {
                Path half = target.resolveSibling(name + ".half");
                delete(half);
                Files.createDirectories(half);
                fill.accept(half);
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack into " + target, e);
        }
    }

    private static void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /** Makes a directory that only its owner can look into; one that exists keeps its permissions. */
    static Path makePrivate(Path directory) {
        return make(directory, "rwx------");
    }

    /** The same, but another user can go through to what it was given inside. */
    static Path makePassable(Path directory) {
        return make(directory, "rwx--x--x");
    }

    private static Path make(Path directory, String permissions) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /** Writes a file that readers see whole or not at all, readable by its owner only. */
    static void writeWhole(Path file, String text) {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, text);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static void delete(Path tree) {
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException absent) {
            // Nothing to delete.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + tree, e);
        }
    }

    /** The end of a log, for a message about a server that died. */
    static String tail(Path log, int lines) {
        try {
            List<String> all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException unreadable) {
            return "(no log at " + log + ")";
        }
    }
}
