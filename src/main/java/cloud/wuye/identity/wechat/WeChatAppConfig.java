package cloud.wuye.identity.wechat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the way to WeChat's log-in server, {@code wuye.identity.wechat.*}. */
@ConfigMapping(prefix = "wuye.identity.wechat")
public interface WeChatAppConfig {
    /** Where it is. */
    @WithDefault("https://api.weixin.qq.com")
    String host();

    /** How long a call may take from beginning to end; after that it is WECHAT_UNAVAILABLE. */
    @WithDefault("PT5S")
    Duration deadline();

    @WithDefault("PT3S")
    Duration connectTimeout();

    /** How many may knock at the door for logging in. */
    Login login();

    /** Counted by the minute, on each replica. */
    interface Login {
        /** The most log-ins a minute from one address; many telephones share one of their provider's. */
        @WithDefault("600")
        int perAddress();

        /** The most log-ins a minute for one company; each is a question to WeChat. */
        @WithDefault("3000")
        int perCompany();
    }
}
