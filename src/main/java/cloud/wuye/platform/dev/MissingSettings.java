package cloud.wuye.platform.dev;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** Says in one message, in English and Chinese, which settings a production start lacks. */
final class MissingSettings {
    private MissingSettings() {}

    /** Empty when nothing is missing. */
    static String complaint(Config config) {
        List<String> lines = new ArrayList<>();
        for (OutsideServer server : OutsideServer.values()) {
            for (String setting : server.missing(config)) {
                lines.add("  %s  (%s)  %s / %s".formatted(setting, variable(setting), server.english, server.chinese));
            }
        }
        if (lines.isEmpty()) {
            return "";
        }
        return """
                Wuye Cloud cannot start: %d settings are missing. Set each as a system property or an environment variable.
                无法启动：缺少 %d 项配置，请通过系统属性或环境变量设置。
                """
                        .formatted(lines.size(), lines.size())
                + String.join("\n", lines);
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
