package cloud.wuye.kit;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the kit is told on its command line; {@link #HELP} says what each option means. */
final class KitOptions {
    static final String HELP =
            """
            Starts PostgreSQL, an MQTT broker and Keycloak on 127.0.0.1 and keeps them until its standard input closes.

              --dir <directory>        where all data and logs stay between runs (default .wuye)
              --postgres-port <port>   15432 by default; 0 takes any free port, here and below
              --mqtt-port <port>       11883 by default
              --keycloak-port <port>   18080 by default
              --payment-port <port>    starts the payment simulator there; without it there is none
              --realms <directory>     realm files (*.json) for Keycloak to import beside its own, when they are new
              --no-postgres, --no-mqtt, --no-keycloak
                                       leaves that server out
              --auth-url <url>         the service's MQTT door: a device's login is POSTed to <url>/authn as
                                       {"username","password","clientid"}; without it every device is refused
              --demo <url>             loads two demo companies through the service at that address and simulates
                                       their meters; needs all three servers
              --reset                  deletes all data first
              --ephemeral              deletes all data at the end and leaves out fsync; for tests
              --parent-pid <pid>       ends when that process ends
              --stay                   does not end when standard input closes
              --help                   prints this

            When PostgreSQL and the broker are ready it writes <dir>/kit.properties (ports, users, passwords, the address
            for stopping and starting single servers) and prints "ready" and the file's name. Keycloak follows in the
            background: <dir>/keycloak.ready appears when it answers.
            """;

    private static final Set<String> FLAGS =
            Set.of("no-postgres", "no-mqtt", "no-keycloak", "reset", "ephemeral", "stay", "help");
    private static final Set<String> VALUES = Set.of(
            "dir",
            "postgres-port",
            "mqtt-port",
            "keycloak-port",
            "payment-port",
            "realms",
            "auth-url",
            "demo",
            "parent-pid");

    private final Map<String, String> given = new LinkedHashMap<>();

    private KitOptions() {}

    /** Reads {@code --name value} and {@code --name=value}. */
    static KitOptions parse(List<String> arguments) {
        KitOptions options = new KitOptions();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options.take(rest.next(), rest);
        }
        return options;
    }

    boolean has(String flag) {
        return given.containsKey(flag);
    }

    Path directory() {
        return Path.of(given.getOrDefault("dir", ".wuye")).toAbsolutePath().normalize();
    }

    Optional<Path> realms() {
        return Optional.ofNullable(given.get("realms")).map(Path::of);
    }

    String authUrl() {
        return given.getOrDefault("auth-url", "");
    }

    /** The service's base address, or empty for no demo. */
    String demo() {
        return given.getOrDefault("demo", "");
    }

    int postgresPort() {
        return number("postgres-port", 15432);
    }

    int mqttPort() {
        return number("mqtt-port", 11883);
    }

    int keycloakPort() {
        return number("keycloak-port", 18080);
    }

    /** -1 when no payment simulator is wanted. */
    int paymentPort() {
        return number("payment-port", -1);
    }

    /** 0 when there is none to watch. */
    int parentPid() {
        return number("parent-pid", 0);
    }

    private void take(String argument, Iterator<String> rest) {
        String[] parts = argument.split("=", 2);
        String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
        if (FLAGS.contains(name) && parts.length == 1) {
            given.put(name, "");
        } else if (VALUES.contains(name) && (parts.length == 2 || rest.hasNext())) {
            given.put(name, parts.length == 2 ? parts[1] : rest.next());
        } else {
            throw new KitException("Not understood: " + argument + " (see --help).");
        }
    }

    private int number(String name, int otherwise) {
        String text = given.get(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new KitException("--" + name + " wants a number, not " + text + ".", e);
        }
    }
}
