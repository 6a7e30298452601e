package cloud.wuye.kit;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.PermissionType;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.SharedSubscription;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.util.List;

/** Who may use which topics: {@code pm/v1/{tenant}/{class}/{uid}/up|down/…}. */
final class BrokerTopics {
    private BrokerTopics() {}

    static List<TopicPermission> ofService() {
        return List.of(
                allow("pm/v1/+/+/+/up/#", MqttActivity.SUBSCRIBE, SharedSubscription.ALL),
                allow("pm/v1/+/+/+/down/#", MqttActivity.PUBLISH, SharedSubscription.NOT_SHARED),
                allow("vnd/#", MqttActivity.SUBSCRIBE, SharedSubscription.ALL),
                allow("vnd/#", MqttActivity.PUBLISH, SharedSubscription.NOT_SHARED));
    }

    /** One device's own; tenant and class are open where the service did not name them. */
    static List<TopicPermission> ofDevice(String uid, DeviceCheck.Answer answer) {
        String home = "pm/v1/" + level(answer.tenant()) + "/" + level(answer.deviceClass()) + "/" + uid;
        return List.of(
                allow(home + "/up/#", MqttActivity.PUBLISH, SharedSubscription.NOT_SHARED),
                allow(home + "/down/#", MqttActivity.SUBSCRIBE, SharedSubscription.NOT_SHARED));
    }

    private static String level(String name) {
        return name.isBlank() ? "+" : name.replaceAll("[/+#]", "_");
    }

    private static TopicPermission allow(String filter, MqttActivity activity, SharedSubscription shared) {
        return Builders.topicPermission()
                .topicFilter(filter)
                .type(PermissionType.ALLOW)
                .activity(activity)
                .sharedSubscription(shared)
                .build();
    }
}
