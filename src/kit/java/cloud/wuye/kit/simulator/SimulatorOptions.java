package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the simulator is told on its command line; {@link #HELP} says what each option means. */
final class SimulatorOptions {
    static final String HELP =
            """
            Simulates meters that connect to an MQTT broker and speak the device contract.

              --broker <host:port>     ssl://host:port for TLS (default 127.0.0.1:11883)
              --credentials <file>     CSV with tenant,class,uid,password[,serial,profile]; one connection per device
              --devices <n>            only the first n of the file; without a file: n made-up ones
              --tenant <code>          company of made-up devices (default demo)
              --interval <duration>    between two readings of a device: 30s, 15m, PT1H (default 30s)
              --rate <n>               instead: readings a second, of all devices together; 0 = as fast as possible
              --heartbeat <duration>   longest silence of a device (default 60s)
              --seed <n>               same seed and uids: same customers, meters and accidents (default 1)
              --zone <id>              where the customers live (default Asia/Shanghai)
              --faults <list>          none (default), mild, all, or a list such as mild,outage=0.1,noack; each from 0 to 1:
                                       per reading outage, duplicate, restart; per late batch shuffle;
                                       per device clock, noclock, rollover, noise;
                                       per command slowack, noack, doubleack, stuckvalve
              --since <duration>       begin so long ago and report all that as late data first (step: --interval)
              --speed <n>              time runs n times as fast, from --since until it has caught up with the present
              --duration <duration>    end after that; without it: never
              --messages <n>           end after so many readings
              --memory <file>          keeps registers and switches from one run to the next
              --login <user:password>  a bench login that may publish for all devices, instead of theirs: readings only,
              --connections <n>        over so many connections (default 4)
              --quiet                  prints no progress, only the result
              --help                   prints this
            """;

    private static final Set<String> FLAGS = Set.of("quiet", "help");
    private static final Set<String> VALUES = Set.of(
            "broker",
            "credentials",
            "devices",
            "tenant",
            "interval",
            "rate",
            "heartbeat",
            "seed",
            "zone",
            "faults",
            "since",
            "speed",
            "duration",
            "messages",
            "memory",
            "login",
            "connections");

    private final Map<String, String> given = new LinkedHashMap<>();

    static SimulatorOptions parse(List<String> arguments) {
        SimulatorOptions options = new SimulatorOptions();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            String[] parts = argument.split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (FLAGS.contains(name) && parts.length == 1) {
                options.given.put(name, "");
            } else if (VALUES.contains(name) && (parts.length == 2 || rest.hasNext())) {
                options.given.put(name, parts.length == 2 ? parts[1] : rest.next());
            } else {
                throw new KitException("Not understood: " + argument + " (see --help).");
            }
        }
        return options;
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    BrokerAddress broker() {
        return BrokerAddress.parse(given.getOrDefault("broker", "127.0.0.1:11883"));
    }

    List<DeviceCard> cards() {
        int devices = (int) number("devices", 0);
        if (has("credentials")) {
            List<DeviceCard> cards = Credentials.read(credentials());
            return devices == 0 ? cards : cards.subList(0, Math.min(devices, cards.size()));
        }
        LoadProfile[] kinds = {LoadProfile.HOME, LoadProfile.HOME, LoadProfile.SHOP, LoadProfile.OFFICE};
        List<DeviceCard> cards = new ArrayList<>();
        for (int i = 1; i <= Math.max(1, devices); i++) {
            String uid = "sim-%06d".formatted(i);
            cards.add(new DeviceCard(
                    given.getOrDefault("tenant", "demo"), "emeter", uid, "", DeviceCard.serialOf(uid), kinds[i % 4]));
        }
        return cards;
    }

    MeterSettings settings(int devices) {
        return new MeterSettings(
                number("seed", 1),
                zone(),
                Faults.parse(given.getOrDefault("faults", "")),
                duration("heartbeat", Duration.ofSeconds(60)),
                interval(devices),
                time(),
                catchUpFrom() == null ? Duration.ZERO : duration("since", Duration.ZERO));
    }

    /** Null when there is nothing to catch up with at once. */
    Instant catchUpFrom() {
        return has("since") && !has("speed") ? Instant.now().minus(duration("since", Duration.ZERO)) : null;
    }

    Duration step() {
        return duration("interval", Duration.ofSeconds(30));
    }

    /** Null for ever. */
    Duration duration() {
        return has("duration") ? duration("duration", null) : null;
    }

    long messages() {
        return number("messages", 0);
    }

    /** Null for none. */
    Path memory() {
        return has("memory") ? Path.of(given.get("memory")) : null;
    }

    /** Null for none. */
    Path credentials() {
        return has("credentials") ? Path.of(given.get("credentials")) : null;
    }

    /** User and password of the bench login, or null. */
    String[] login() {
        if (!has("login")) {
            return null;
        }
        String[] parts = given.get("login").split(":", 2);
        if (parts.length < 2) {
            throw new KitException("--login wants user:password.");
        }
        return parts;
    }

    int connections() {
        return (int) Math.max(1, number("connections", 4));
    }

    private Duration interval(int devices) {
        if (!has("rate")) {
            return step();
        }
        double rate = decimal("rate", 0);
        return rate <= 0 ? Duration.ZERO : Duration.ofNanos((long) (devices / rate * 1e9));
    }

    private InstantSource time() {
        return has("speed")
                ? new FleetTime(decimal("speed", 1), Instant.now().minus(duration("since", Duration.ofDays(1))))
                : InstantSource.system();
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(given.getOrDefault("zone", "Asia/Shanghai"));
        } catch (DateTimeException e) {
            throw new KitException("--zone: " + given.get("zone") + " is not a time zone.", e);
        }
    }

    private long number(String name, long otherwise) {
        return (long) decimal(name, otherwise);
    }

    private double decimal(String name, double otherwise) {
        String text = given.get(name);
        try {
            return text == null ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new KitException("--" + name + " wants a number, not " + text + ".", e);
        }
    }

    private Duration duration(String name, Duration otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            String iso = text.toUpperCase(Locale.ROOT);
            return Duration.parse(iso.startsWith("P") ? iso : iso.endsWith("D") ? "P" + iso : "PT" + iso);
        } catch (DateTimeParseException e) {
            throw new KitException("--" + name + ": " + text + " is not a duration such as 30s, 15m, 2h, 3d.", e);
        }
    }
}
