package cloud.wuye.identity.wechat;

import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A company's mini-program as it is seen: of the secret, a fingerprint only. */
@Type("WeChatApp")
@Description("The company's mini-program. Its secret cannot be read back; the fingerprint tells one from another.")
public record WeChatAppView(
        @NonNull @Description("The app id (appid).") String appid,
        @NonNull @Description("Tells one app secret from another.") String secretFingerprint,
        @NonNull @Description("When it was last changed.") Instant updatedAt) {
    static WeChatAppView of(WeChatApp app) {
        return new WeChatAppView(app.appId(), app.secretFingerprint(), app.updatedAt());
    }
}
