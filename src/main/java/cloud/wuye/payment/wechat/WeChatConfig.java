package cloud.wuye.payment.wechat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the client, {@code wuye.payment.wechat.*}. */
@ConfigMapping(prefix = "wuye.payment.wechat")
interface WeChatConfig {
    /** Where WeChat Pay is; the second one, {@code https://api2.mch.weixin.qq.com}, is for when this one is away. */
    @WithDefault("https://api.mch.weixin.qq.com")
    String host();

    /** How long a call may take from beginning to end; after that its outcome is unknown. */
    @WithDefault("PT8S")
    Duration deadline();

    /** The same for the download of a bill. */
    @WithDefault("PT60S")
    Duration billDeadline();

    @WithDefault("PT3S")
    Duration connectTimeout();

    /** How long a replica may act on a company's settings that another replica changed. */
    @WithDefault("PT5S")
    Duration accountTtl();

    /** The largest bill, unpacked. */
    @WithDefault("268435456")
    long maxBillBytes();
}
