package cloud.wuye.identity.wechat;

import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A company's mini-program. */
@Input("ConfigureWeChatAppInput")
@Description("The company's mini-program, in which residents log in and pay.")
public record ConfigureWeChatAppInput(
        @NonNull
                @Pattern(regexp = "[0-9A-Za-z_-]{1,32}")
                @Description("The app id (appid); the one that WeChat Pay is configured with.")
                String appid,
        @Pattern(regexp = "[0-9A-Za-z]{16,64}") @Description("The app secret. Left out: the one that is there stays.")
                String appSecret) {
    /** Without the secret: this may end in a log. */
    @Override
    public String toString() {
        return "mini-program " + appid;
    }
}
