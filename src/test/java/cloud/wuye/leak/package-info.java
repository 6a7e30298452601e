/**
 * Does anything leak from one company to another? Generated from the running schema: a new query, mutation or
 * subscription is tried by itself and cannot be forgotten.
 */
package cloud.wuye.leak;
