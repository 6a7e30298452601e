package cloud.wuye.payment;

import java.time.ZoneId;
import org.eclipse.microprofile.graphql.Description;

/** A way to pay. */
@Description("A way to pay.")
public enum ChannelKind {
    /** WeChat Pay, API v3, merchant directly connected. */
    @Description("WeChat Pay, API v3, merchant directly connected.")
    WECHAT_PAY;

    /** In whose calendar its bills are made. */
    public ZoneId zone() {
        return switch (this) {
            case WECHAT_PAY -> ZoneId.of("Asia/Shanghai");
        };
    }
}
