package cloud.wuye.payment.order;

import cloud.wuye.identity.resident.Resident;
import cloud.wuye.identity.wechat.WeChatLinks;
import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** Who a resident is to WeChat Pay: what their own log-in was linked to, and nothing that a client says. */
@ApplicationScoped
public class PayersWeChat {
    private final PaymentChannels channels;
    private final WeChatLinks links;

    PayersWeChat(PaymentChannels channels, WeChatLinks links) {
        this.channels = channels;
        this.links = links;
    }

    /**
     * The openid of a resident in the app in which the company is paid, null where none is needed; WECHAT_NOT_LINKED for
     * one who is nobody in that app.
     */
    public Uni<String> of(SqlConnection connection, Resident resident, PrepayMethod method) {
        if (method != PrepayMethod.IN_APP) {
            return Uni.createFrom().nullItem();
        }
        return channels.find(connection, ChannelKind.WECHAT_PAY).flatMap(channel -> {
            if (channel == null) {
                throw new Problem(ProblemCode.PAYMENT_CHANNEL_NOT_CONFIGURED);
            }
            return links.openId(connection, resident.id(), channel.appId()).invoke(openId -> {
                if (openId == null) {
                    throw new Problem(ProblemCode.WECHAT_NOT_LINKED);
                }
            });
        });
    }
}
