package cloud.wuye.identity.wechat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the way to WeChat's log-in server, {@code wuye.identity.wechat.*}. */
@ConfigMapping(prefix = "wuye.identity.wechat")
interface WeChatAppConfig {
    /** Where it is. */
    @WithDefault("https://api.weixin.qq.com")
    String host();

    /** How long a call may take from beginning to end; after that it is WECHAT_UNAVAILABLE. */
    @WithDefault("PT5S")
    Duration deadline();

    @WithDefault("PT3S")
    Duration connectTimeout();
}
