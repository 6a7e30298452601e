package cloud.wuye.device.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * The answer to a login in the words of EMQX.
 *
 * @param attributes {@code tenant} and {@code class} of the device
 * @param acl what it may do (EMQX from 5.8); the last rule refuses the rest
 * @param expireAt Unix seconds at which it must log in again (EMQX from 5.8)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record LoginAnswer(
        String result,
        @JsonProperty("is_superuser") Boolean superuser,
        @JsonProperty("client_attrs") Map<String, String> attributes,
        List<Rule> acl,
        @JsonProperty("expire_at") Long expireAt) {
    static final LoginAnswer DENY = new LoginAnswer("deny", null, null, null, null);

    static LoginAnswer allow(Map<String, String> attributes, List<Rule> acl, Long expireAt) {
        return new LoginAnswer("allow", false, attributes, acl, expireAt);
    }

    boolean allowed() {
        return "allow".equals(result);
    }

    /** One rule of an access list. */
    public record Rule(String permission, String action, String topic) {
        static Rule allow(String action, String topic) {
            return new Rule("allow", action, topic);
        }

        static Rule denyTheRest() {
            return new Rule("deny", "all", "#");
        }
    }
}
