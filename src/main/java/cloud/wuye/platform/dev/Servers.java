package cloud.wuye.platform.dev;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.Optional;

/** What happens before the application starts: its outside servers are found, started or missed. */
public final class Servers {
    /** Names the build directory with the kit; {@code ./mvnw quarkus:dev} sets it (pom.xml), nothing else does. */
    private static final String KIT_BUILD = "WUYE_KIT_BUILD";

    // The exit code that sysexits.h has for a faulty configuration.
    private static final int MISCONFIGURED = 78;

    private Servers() {}

    /**
     * In {@code quarkus:dev} starts those servers that are not configured and sets the settings that lead to them;
     * anywhere else ends the program with a message when a setting is missing.
     */
    public static void prepare() {
        Optional<Path> build = Optional.ofNullable(System.getenv(KIT_BUILD)).map(Path::of);
        if (build.isPresent()) {
            // Quarkus says so only after main(), and until then it would read the settings of production.
            LaunchMode.set(LaunchMode.DEVELOPMENT);
        }
        SmallRyeConfig config = ConfigUtils.configBuilder().build();
        if (build.isPresent() && config.getProfiles().contains(LaunchMode.DEV_PROFILE)) {
            startForDevelopment(build.get(), config);
        } else {
            String complaint = MissingSettings.complaint(config);
            if (!complaint.isEmpty()) {
                end(complaint);
            }
        }
    }

    private static void startForDevelopment(Path build, SmallRyeConfig config) {
        try {
            new DevServers(build, config).start();
        } catch (KitFailure e) {
            end("Wuye Cloud cannot start its servers / 无法启动内置服务：\n" + e.getMessage());
        }
    }

    // Logging is not set up yet, and a stack trace would hide the message.
    private static void end(String message) {
        System.err.println(message);
        System.exit(MISCONFIGURED);
    }
}
