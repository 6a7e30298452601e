package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A CSV file of device cards: {@code tenant,class,uid,password,serial,profile}, in any order; the last two may be
 * missing. No value holds a comma or a quote.
 */
public final class Credentials {
    private static final String HEADER = "tenant,class,uid,password,serial,profile";

    private Credentials() {}

    /** Reads them; a line that is not understood is named. */
    public static List<DeviceCard> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                return List.of();
            }
            List<String> names = List.of(lines.get(0).split(",", -1));
            List<DeviceCard> cards = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    cards.add(card(names, lines.get(i).split(",", -1), file + " line " + (i + 1)));
                }
            }
            return cards;
        } catch (IOException e) {
            throw new KitException("Cannot read the credentials in " + file + ".", e);
        }
    }

    /** The text of such a file. */
    static String write(List<DeviceCard> cards) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (DeviceCard card : cards) {
            text.append(String.join(
                            ",",
                            card.tenant(),
                            card.deviceClass(),
                            card.uid(),
                            card.password(),
                            card.serial(),
                            card.profile().name().toLowerCase(Locale.ROOT)))
                    .append('\n');
        }
        return text.toString();
    }

    /** Writes such a file whole, readable by its owner only. */
    public static void save(Path file, List<DeviceCard> cards) {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, write(cards));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KitException("Cannot write the credentials to " + file + ".", e);
        }
    }

    private static DeviceCard card(List<String> names, String[] values, String where) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < Math.min(names.size(), values.length); i++) {
            fields.put(names.get(i).trim(), values[i].trim());
        }
        String uid = fields.getOrDefault("uid", "");
        String deviceClass = fields.getOrDefault("class", "emeter");
        if (uid.isEmpty()
                || !fields.containsKey("tenant")
                || !List.of("emeter", "wmeter").contains(deviceClass)) {
            throw new KitException(where + ": tenant, uid and class (emeter or wmeter) are wanted.");
        }
        String profile = fields.getOrDefault("profile", "");
        return new DeviceCard(
                fields.get("tenant"),
                deviceClass,
                uid,
                fields.getOrDefault("password", ""),
                fields.getOrDefault("serial", DeviceCard.serialOf(uid)),
                profile.isEmpty() ? LoadProfile.usual(deviceClass) : LoadProfile.of(profile, where));
    }
}
