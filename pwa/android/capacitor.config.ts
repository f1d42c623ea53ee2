export { default } from "../capacitor.config";
