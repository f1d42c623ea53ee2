import type { toolkit as English } from "../en/toolkit";
import type { Words } from "../words";

export const toolkit: Words<typeof English> = {
  "table.sortBy": "Panga kwa {column}",
  "table.refreshing": "Inapakia upya",

  "export.menu": "Toa nakala",
  "export.csv": "Faili ya CSV",
  "export.xlsx": "Faili ya Excel (XLSX)",
  "export.print": "Chapisha",
  "export.running": "Safu {done} kati ya {total} zimechukuliwa",
  "export.runningUnknown": "Safu {done} {done|imechukuliwa|zimechukuliwa}",
  "export.failed": "Kutoa nakala kumekoma: {reason}",
  "export.done": "Safu {count} {count|imetolewa|zimetolewa}.",
  "export.total": "Jumla",
  "export.printed": "Imechapishwa {moment}",

  "confirm.sure": "Hakikisha kabla ya kuendelea",
  "confirm.back": "Rudi nyuma",

  "unsaved.title": "Uondoke bila kuhifadhi?",
  "unsaved.text": "Ulichoandika hapa bado hakijahifadhiwa. Ukiondoka, kitapotea.",
  "unsaved.stay": "Baki hapa",
  "unsaved.leave": "Ondoka bila kuhifadhi",

  "dateInput.pattern": "siku/mwezi/mwaka",
  "dateInput.wrong": "Andika tarehe kama siku/mwezi/mwaka, kwa mfano 05/11/2026.",
  "dateInput.early": "Isiwe kabla ya {date}.",
  "dateInput.late": "Isiwe baada ya {date}.",
  "dateInput.open": "Chagua kwenye kalenda",
  "dateInput.previous": "Mwezi uliotangulia",
  "dateInput.next": "Mwezi unaofuata",

  "panel.back": "Rudi kwenye orodha",

  "picker.member": "Mwanachama",
  "picker.group": "Kikundi",
  "picker.chooseMember": "Chagua mwanachama",
  "picker.chooseGroup": "Chagua kikundi",
  "picker.find": "Andika ili kutafuta",

  "document.image": "Hati {number}",
  "document.zoomIn": "Kubwa zaidi",
  "document.zoomOut": "Ndogo zaidi",
  "document.rotate": "Zungusha kulia",
  "document.reset": "Kama ilivyokuwa",
  "document.download": "Fungua kwenye kichupo kipya",
  "document.loading": "Inaleta hati",
  "document.failed": "Hati haikuweza kuletwa.",

  "timeline.empty": "Bado hakuna kilichotokea",
  "stat.open": "Fungua orodha: {label}",

  "edit.submit": "Hifadhi",
  "conflict.title": "Mtu mwingine amebadilisha hapa pia",
  "conflict.text":
    "Hakuna kilichopotea na hakuna kilichohifadhiwa bado. Tazama thamani zote mbili uchague; kilichobadilishwa na mmoja wenu tu kitabaki.",
  "conflict.theirs": "Yake, imehifadhiwa",
  "conflict.yours": "Yako",
  "conflict.keepTheirs": "Weka yake",
  "conflict.keepYours": "Hifadhi yangu",
  "conflict.decide": "Hifadhi",
  "conflict.empty": "hakuna",
};
