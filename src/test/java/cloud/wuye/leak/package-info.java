/**
 * Does anything leak from one company to another? Generated from the running schema: a new query or mutation
 * is tried by itself and cannot be forgotten; subscriptions are not covered here yet.
 */
package cloud.wuye.leak;
