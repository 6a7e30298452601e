package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulator's own keys and its merchants; kept in a file, because companies remember them. */
final class KeyBook {
    // Private keys are in it.
    private static final FileAttribute<?> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final List<PlatformKey> platform = new ArrayList<>();
    private final Map<String, Merchant> merchants = new LinkedHashMap<>();

    /** Null keeps nothing. */
    KeyBook(Path directory) {
        file = directory == null ? null : directory.resolve("keys.json");
        if (file != null && Files.exists(file)) {
            read();
        } else {
            platform.add(PlatformKey.fresh());
            save();
        }
    }

    /** With which is signed now. */
    synchronized PlatformKey current() {
        return platform.get(platform.size() - 1);
    }

    /** The one before the current one, which signs for whoever asks for it by name. */
    synchronized Optional<PlatformKey> named(String id) {
        return platform.stream()
                .filter(key -> key.publicKeyId().equals(id) || key.serial().equals(id))
                .findFirst();
    }

    synchronized JsonArray openKeys() {
        JsonArray keys = new JsonArray();
        platform.forEach(key -> keys.add(key.open()));
        return keys;
    }

    synchronized PlatformKey rotate() {
        platform.add(PlatformKey.fresh());
        save();
        return current();
    }

    synchronized Optional<Merchant> merchant(String mchid) {
        return Optional.ofNullable(merchants.get(mchid));
    }

    /** The merchant of this number, made when it is new. */
    synchronized Merchant merchant(String mchid, String appid, boolean prefersCertificate) {
        Merchant merchant = merchants.get(mchid);
        if (merchant == null) {
            merchant = Merchant.fresh(mchid, appid, prefersCertificate);
            merchants.put(mchid, merchant);
            save();
        }
        return merchant;
    }

    private void read() {
        try {
            JsonObject book = new JsonObject(Files.readString(file));
            book.getJsonArray("platform").forEach(key -> platform.add(PlatformKey.of((JsonObject) key)));
            book.getJsonArray("merchants").forEach(each -> {
                Merchant merchant = Merchant.of((JsonObject) each);
                merchants.put(merchant.mchid(), merchant);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void save() {
        if (file == null) {
            return;
        }
        JsonArray keys = new JsonArray();
        platform.forEach(key -> keys.add(key.whole()));
        JsonArray all = new JsonArray();
        merchants.values().forEach(merchant -> all.add(merchant.json()));
        try {
            Files.createDirectories(file.getParent());
            Path half = file.resolveSibling("keys.json.new");
            Files.deleteIfExists(half);
            Files.createFile(half, OWNERS);
            Files.writeString(
                    half,
                    new JsonObject().put("platform", keys).put("merchants", all).encodePrettily());
            Files.move(half, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
