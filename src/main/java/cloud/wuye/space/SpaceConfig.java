package cloud.wuye.space;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Set;

/** Configuration of places, {@code wuye.space.*}. */
@ConfigMapping(prefix = "wuye.space")
interface SpaceConfig {
    /** For each kind the kinds that it may stand under; {@code ROOT} means that it may stand at the top. */
    Map<String, Set<String>> kinds();
}
