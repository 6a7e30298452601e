package cloud.wuye.kit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the archives that the servers come in. */
final class Archives {
    private Archives() {}

    static void unpackXz(InputStream archive, Path into) {
        try (InputStream tar = new XZInputStream(new BufferedInputStream(archive))) {
            unpack(tar, into, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack into " + into, e);
        }
    }

    /** Leaves out the archive's own top directory. */
    static void unpackGzip(InputStream archive, Path into) {
        try (InputStream tar = new GZIPInputStream(new BufferedInputStream(archive))) {
            unpack(tar, into, 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack into " + into, e);
        }
    }

    private static void unpack(InputStream tar, Path into, int leaveOut) throws IOException {
        TarArchiveInputStream entries = new TarArchiveInputStream(tar);
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path name = Path.of(entry.getName()).normalize();
            if (name.getNameCount() <= leaveOut) {
                continue;
            }
            Path target =
                    into.resolve(name.subpath(leaveOut, name.getNameCount())).normalize();
            if (!target.startsWith(into)) {
                throw new IOException("entry outside of the archive: " + entry.getName());
            }
            extract(entries, entry, target);
        }
    }

    private static void extract(TarArchiveInputStream entries, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.copy(target.resolveSibling(Path.of(entry.getLinkName()).getFileName()), target);
        } else {
            Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
            boolean runs = (entry.getMode() & 0111) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
