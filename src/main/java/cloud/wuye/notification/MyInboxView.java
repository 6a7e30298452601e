package cloud.wuye.notification;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A person's messages at a glance. */
@Type("MyInbox")
@Description("The caller's messages at a glance.")
public record MyInboxView(
        @Description("How many are unread; 100 stands for a hundred or more.") int unread,
        @Description("The newest, read or not; absent when there is none.") MessageView latest) {}
